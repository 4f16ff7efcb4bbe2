function net = acnnapplygrads(net, opts)
% Take one step of gradient descent.
%   net   from acnnbp
%   opts  struct with the learning rate alpha: a number, or a struct with the fields of the net's
%         weights, each a number or an array as large as the weight
    for l = 2 : numel(net.layers)
        names = acnnparams(net.layers{l});
        for p = 1 : numel(names)
            name = names{p};
            where = sprintf('layer %d: alpha for %s', l, name);
            alpha = opts.alpha;
            if isstruct(alpha)
                alpha = field(layerof(alpha, l), name, where);
            end
            net.layers{l}.(name) = descend(net.layers{l}.(name), net.layers{l}.(['d' name]), ...
                                           alpha, where);
        end
    end
    names = {'ffW', 'ffb'};
    for p = 1 : 2
        name = names{p};
        where = sprintf('layer %d: alpha for %s', numel(net.layers) + 1, name);
        alpha = opts.alpha;
        if isstruct(alpha)
            alpha = field(alpha, name, where);
        end
        net.(name) = descend(net.(name), net.(['d' name]), alpha, where);
    end
end

function w = descend(w, dw, alpha, where)
% The step for one array of weights, or for each in a cell array.
    if iscell(w)
        if iscell(alpha) && numel(alpha) ~= numel(w)
            error('acnn:alpha', '%s holds %d cells, expected %d', where, numel(alpha), numel(w));
        end
        for i = 1 : numel(w)
            here = sprintf('%s{%d}', where, i);
            if iscell(alpha)
                w{i} = descend(w{i}, dw{i}, alpha{i}, here);
            else
                w{i} = descend(w{i}, dw{i}, alpha, here);
            end
        end
    else
        if iscell(alpha)
            error('acnn:alpha', '%s is a cell array, expected a number or an array', where);
        end
        if ~isfloat(alpha) && ~islogical(alpha)
            error('acnn:alpha', '%s is of class %s, expected double or single', ...
                  where, class(alpha));
        end
        if ~isscalar(alpha) && ~isequal(size(alpha), size(w))
            error('acnn:alpha', '%s is %s, expected one number or %s', ...
                  where, acnnsize(alpha), acnnsize(w));
        end
        w = w - alpha .* dw;  % E7
    end
end

function layer = layerof(alpha, l)
% The rates of a layer; an empty struct where there are none.
    layer = struct();
    if isfield(alpha, 'layers') && numel(alpha.layers) >= l && isstruct(alpha.layers{l})
        layer = alpha.layers{l};
    end
end

function value = field(s, name, where)
% A field of the rates.
    if ~isfield(s, name)
        error('acnn:alpha', '%s is missing, expected one number or as many as weights', where);
    end
    value = s.(name);
end
