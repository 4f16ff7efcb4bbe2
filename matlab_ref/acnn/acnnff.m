function net = acnnff(net, x)
% Feed images forward: activations a, feature vectors fv, outputs o.
%   net  from acnnsetup
%   x    images, rows x cols x N, or rows x cols x channels x N
    acnncheck(net);
    count = acnncount(net, x);
    acnnfits(net);
    last = numel(net.layers);
    net.layers{1}.a = channels(net, x, count);
    for l = 2 : last
        layer = net.layers{l};
        below = net.layers{l - 1}.a;
        if strcmp(layer.type, 's')
            s = double(layer.scale) .* [1 1];
            checksides(l, below{1}, s, [size(below{1}, 1), size(below{1}, 2)] ./ s);
            for j = 1 : numel(below)
                if acnnget(layer, 'trainable', false)
                    net.layers{l}.pool{j} = down(below{j}, ones(s));
                    u = layer.beta{j} * net.layers{l}.pool{j} + layer.b{j};  % E14
                    net.layers{l}.a{j} = acnnactivate(layer, u);  % E14
                else
                    net.layers{l}.a{j} = down(below{j}, ones(s) / prod(s));
                end
            end
        elseif strcmp(layer.type, 'f')
            net.layers{l}.fv = stack(below, count);
            checkfeatures(l, layer.W, net.layers{l}.fv);
            u = layer.W * net.layers{l}.fv + repmat(layer.b, 1, count);  % E3
            net.layers{l}.a{1} = acnnactivate(layer, u);  % E3
        else
            sides = [size(below{1}, 1), size(below{1}, 2)] - double(layer.kernelsize) .* [1 1] + 1;
            checksides(l, below{1}, double(layer.kernelsize) .* [1 1], sides);
            if strcmp(layer.type, 'a')
                net.layers{l}.A = acnnsoftmax(layer.c);
                for i = 1 : numel(below)
                    for q = 1 : numel(layer.k{i})
                        net.layers{l}.p{i}{q} = convn(below{i}, layer.k{i}{q}, 'valid');
                    end
                end
            end
            for j = 1 : layer.outputmaps
                u = zeros([sides, count]);
                for i = 1 : numel(below)
                    if strcmp(layer.type, 'a')
                        q = min(j, numel(layer.k{i}));
                        u = u + net.layers{l}.A(i, j) * net.layers{l}.p{i}{q};  % E17
                    elseif ~isempty(layer.k{i}{j})
                        u = u + convn(below{i}, layer.k{i}{j}, 'valid');  % E8
                    end
                end
                net.layers{l}.a{j} = acnnactivate(layer, u + layer.b{j});  % E8, E17
            end
        end
    end

    net.fv = stack(net.layers{last}.a, count);
    checkfeatures(last + 1, net.ffW, net.fv);
    net.o = acnnactivate(net, net.ffW * net.fv + repmat(net.ffb, 1, count));  % E3
end

function a = channels(net, x, count)
% The maps of the input layer: one per channel, normalized where the net says so.
    if isfield(net, 'mu')
        x = floating(x);
        if ~isscalar(net.mu) && any([size(x, 1), size(x, 2)] ~= [size(net.mu, 1), size(net.mu, 2)])
            error('acnn:images', ['layer 1: images of %dx%d were given, ' ...
                  'expected %dx%d: the size of net.mu'], ...
                  size(x, 1), size(x, 2), size(net.mu, 1), size(net.mu, 2));
        end
        x = bsxfun(@rdivide, bsxfun(@minus, x, net.mu), net.sigma);  % E28
    end
    a = {x};
    if acnnget(net.layers{1}, 'channels', 1) > 1
        a = cell(1, size(x, 3));
        for i = 1 : size(x, 3)
            a{i} = reshape(x(:, :, i, :), size(x, 1), size(x, 2), count);
        end
    end
end

function z = down(x, weights)
% The weighted sum over each block of x, as large as weights.
    z = convn(x, weights, 'valid');
    z = z(1 : size(weights, 1) : end, 1 : size(weights, 2) : end, :);  % E27
end

function fv = stack(a, count)
% The feature vectors: all maps of an image below each other, column by column.
    fv = [];
    for j = 1 : numel(a)
        fv = [fv; reshape(floating(a{j}), numel(a{j}) / count, count)];
    end
end

function x = floating(x)
% The same values as double, where x is an integer or logical.
    if ~isfloat(x)
        x = double(x);
    end
end

function checkfeatures(l, W, fv)
% Refuse images of another size than the weights were made for.
    if size(W, 2) ~= size(fv, 1)
        error('acnn:features', ['layer %d: %d features reach it, expected %d: ' ...
              'run acnnsetup for images of this size'], l, size(fv, 1), size(W, 2));
    end
end

function checksides(l, below, window, sides)
% Refuse images of another size than the net was set up for, whose maps have no such sides.
    if any(sides ~= floor(sides)) || any(sides < 1)
        error('acnn:images', ['layer %d: maps of %dx%d reach it, expected maps that its windows of ' ...
              '%dx%d fit: run acnnsetup for images of this size'], ...
              l, size(below, 1), size(below, 2), window(1), window(2));
    end
end
