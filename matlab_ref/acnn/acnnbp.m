function net = acnnbp(net, y)
% Propagate the error back: e, the loss L, sensitivities d, gradients of every weight.
% Gradients are means over the batch; the penalty of a combination layer is added once.
%   net  from acnnff
%   y    targets, classes x N
    [net.L, net.e] = acnnloss(net, y);
    last = numel(net.layers);
    count = size(net.o, 2);

    net.od = acnndelta(net, net.o, net.e);  % E6
    net.fvd = acnndelta(net.layers{last}, net.fv, net.ffW' * net.od);  % E5
    net.layers{last}.d = unstack(net.fvd, net.layers{last}.a);
    for l = last - 1 : -1 : 2
        a = net.layers{l}.a;
        g = back(net.layers{l + 1}, a);
        for i = 1 : numel(a)
            net.layers{l}.d{i} = acnndelta(net.layers{l}, a{i}, g{i});  % E5, E9, E15
        end
    end

    for l = 2 : last
        below = net.layers{l - 1}.a;
        if strcmp(net.layers{l}.type, 'c')
            net.layers{l} = convolution(net.layers{l}, below, count);
        elseif strcmp(net.layers{l}.type, 'a')
            net.layers{l} = combination(net.layers{l}, below, count);
        elseif strcmp(net.layers{l}.type, 'f')
            net.layers{l}.dW = net.layers{l}.d{1} * net.layers{l}.fv' / count;  % E7
            net.layers{l}.db = mean(net.layers{l}.d{1}, 2);  % E4
        elseif acnnget(net.layers{l}, 'trainable', false)
            net.layers{l} = subsampling(net.layers{l}, count);
        end
    end
    net.dffW = net.od * net.fv' / count;  % E7
    net.dffb = mean(net.od, 2);  % E4
end

function parts = unstack(fv, a)
% Cut feature vectors into maps of the sizes of a.
    parts = cell(1, numel(a));
    first = 1;
    for j = 1 : numel(a)
        rows = numel(a{j}) / size(fv, 2);
        parts{j} = reshape(fv(first : first + rows - 1, :), size(a{j}));
        first = first + rows;
    end
end

function g = back(above, a)
% The gradients with respect to the maps a, from the sensitivities of the layer above.
    g = cell(1, numel(a));
    if strcmp(above.type, 'f')
        g = unstack(above.W' * above.d{1}, a);  % E5
    elseif strcmp(above.type, 's')
        s = double(above.scale) .* [1 1];
        for i = 1 : numel(a)
            rows = ceil((1 : size(a{i}, 1)) / s(1));
            cols = ceil((1 : size(a{i}, 2)) / s(2));
            up = above.d{i}(rows, cols, :);  % E10
            if acnnget(above, 'trainable', false)
                g{i} = above.beta{i} * up;  % E9
            else
                g{i} = up / prod(s);
            end
        end
    else
        for i = 1 : numel(a)
            z = zeros(size(a{i}));
            for j = 1 : numel(above.d)
                if strcmp(above.type, 'a')
                    k = above.k{i}{min(j, numel(above.k{i}))};
                    z = z + above.A(i, j) * convn(above.d{j}, rot180(k), 'full');  % E15
                elseif ~isempty(above.k{i}{j})
                    z = z + convn(above.d{j}, rot180(above.k{i}{j}), 'full');  % E15
                end
            end
            g{i} = z;
        end
    end
end

function layer = convolution(layer, below, count)
% Gradients of a convolution layer; a missing pair of its connection table has none.
    for j = 1 : numel(layer.d)
        for i = 1 : numel(below)
            layer.dk{i}{j} = [];
            if ~isempty(layer.k{i}{j})
                layer.dk{i}{j} = correlated(below{i}, layer.d{j}, count);
            end
        end
        layer.db{j} = sum(layer.d{j}(:)) / count;  % E11
    end
end

function layer = combination(layer, below, count)
% Gradients of a combination layer.
    dE = [];
    for j = 1 : numel(layer.d)
        column = [];
        for i = 1 : numel(below)
            q = min(j, numel(layer.k{i}));
            t = layer.d{j} .* layer.p{i}{q};
            column = [column; sum(t(:)) / count];  % E21
            dk = layer.A(i, j) * correlated(below{i}, layer.d{j}, count);
            if q < j
                dk = layer.dk{i}{q} + dk;
            end
            layer.dk{i}{q} = dk;
        end
        dE = [dE, column];
        layer.db{j} = sum(layer.d{j}(:)) / count;  % E11
    end
    [~, dA, dc] = acnnpenalty(layer);
    dEc = layer.A .* bsxfun(@minus, dE, sum(dE .* layer.A, 1));  % E22
    layer.dA = dE + dA;
    layer.dc = dEc + dc;  % E26
end

function layer = subsampling(layer, count)
% Gradients of a subsampling layer with trainable scale and bias.
    for j = 1 : numel(layer.d)
        t = layer.d{j} .* layer.pool{j};
        layer.dbeta{j} = sum(t(:)) / count;  % E16
        layer.db{j} = sum(layer.d{j}(:)) / count;  % E11
    end
end

function dk = correlated(a, d, count)
% The gradient of a kernel between the maps a and the sensitivities d.
    dk = convn(a(end : -1 : 1, end : -1 : 1, end : -1 : 1), d, 'valid') / count;  % E13
end

function k = rot180(k)
% A kernel turned by 180 degrees.
    k = k(end : -1 : 1, end : -1 : 1);
end
