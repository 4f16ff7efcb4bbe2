function net = acnnsetup(net, x, y)
% Give a net its weights, drawn with rand.
%   net  struct whose cell array `layers` holds the layers: first 'i', then 'c', 's', 'a' and 'f'
%   x    images, rows x cols x N, or rows x cols x channels x N; with net.normalize, the
%        training set, else only their size counts
%   y    targets, classes x N; only the number of classes counts
    acnncheck(net);
    count = acnncount(net, x);
    if size(y, 1) == 0
        error('acnn:targets', ['layer %d: targets of size %s were given, ' ...
              'expected a row for each output'], numel(net.layers) + 1, acnnsize(y));
    end
    old = {'mu', 'sigma'};
    net = rmfield(net, old(isfield(net, old)));
    if isfield(net, 'normalize')
        net = moments(net, x, count);
    end
    maps = double(acnnget(net.layers{1}, 'channels', 1));
    side = [size(x, 1), size(x, 2)];
    for l = 2 : numel(net.layers)
        net.layers{l} = fresh(net.layers{l});
        layer = net.layers{l};
        if strcmp(layer.type, 's')
            below = side;
            side = side ./ double(layer.scale);
            if any(side ~= floor(side))
                error('acnn:size', ['layer %d: its scale %s does not divide the maps of %dx%d ' ...
                      'below it'], l, acnntext(layer.scale), below(1), below(2));
            end
            net.layers{l}.b(1 : maps) = {0};
            if acnnget(layer, 'trainable', false)
                net.layers{l}.beta(1 : maps) = {1 / prod(double(layer.scale) .* [1 1])};  % P1
            end
        elseif strcmp(layer.type, 'f')
            features = prod(side) * maps;
            maps = double(layer.units);
            net.layers{l}.W = uniform([maps, features], maps + features);  % P1
            net.layers{l}.b = zeros(maps, 1);
            side = [1 1];
        else
            q = double(layer.kernelsize) .* [1 1];
            if any(side < q)
                error('acnn:size', ['layer %d: its kernels of %dx%d are larger than the maps ' ...
                      'of %dx%d below it'], l, q(1), q(2), side(1), side(2));
            end
            side = side - q + 1;
            outputs = double(layer.outputmaps);
            table = acnnget(layer, 'maps', true(maps, outputs));
            kernels = outputs;
            if strcmp(layer.type, 'a')
                net.layers{l}.c = zeros(maps, outputs);
                if acnnget(layer, 'shared', true)
                    kernels = 1;
                end
            end
            for j = 1 : kernels
                for i = 1 : maps
                    net.layers{l}.k{i}{j} = [];
                    if table(i, j)
                        fans = (sum(table(:, j)) + sum(table(i, :))) * prod(q);  % P1
                        net.layers{l}.k{i}{j} = uniform(q, fans);
                    end
                end
            end
            net.layers{l}.b(1 : outputs) = {0};
            maps = outputs;
        end
    end
    features = prod(side) * maps;
    classes = size(y, 1);
    net.ffb = zeros(classes, 1);
    net.ffW = uniform([classes, features], classes + features);  % P1
end

function layer = fresh(layer)
% The layer without what an earlier setup or pass has left in it.
    left = {'a', 'd', 'k', 'dk', 'b', 'db', 'beta', 'dbeta', 'pool', 'p', 'c', 'dc', 'A', 'dA', ...
            'W', 'dW', 'fv'};
    layer = rmfield(layer, left(isfield(layer, left)));
end

function w = uniform(dims, fans)
% Weights, uniform within sqrt(6 / fans) around 0.
    w = (rand(dims) - 0.5) * 2 * sqrt(6 / fans);  % P1
end

function net = moments(net, x, count)
% Mean and standard deviation of the training set, of all pixels or of each: two passes, n - 1.
    x = double(x);
    along = 3 + (acnnget(net.layers{1}, 'channels', 1) > 1);
    if strcmp(net.normalize, 'pixel')
        net.mu = sum(x, along) / count;  % E28
        off = bsxfun(@minus, x, net.mu);
        net.sigma = sqrt(sum(off .* off, along) / max(count - 1, 1));  % E28
    else
        net.mu = sum(x(:)) / numel(x);  % E28
        off = x - net.mu;
        net.sigma = sqrt(sum(off(:) .* off(:)) / max(numel(x) - 1, 1));  % E28
    end
    net.sigma(net.sigma == 0) = 1;
end
