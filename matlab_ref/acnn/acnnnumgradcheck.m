function worst = acnnnumgradcheck(net, x, y, tolerance)
% Compare every gradient with a central difference of the loss; the largest difference.
%   net        from acnnbp on x and y
%   tolerance  what is allowed; 1e-8 where it is left out or []
    if nargin < 4 || isempty(tolerance)
        tolerance = 1e-8;
    end
    if ~isfield(net, 'dffW')
        error('acnn:gradients', 'the net has no gradients: run acnnff and acnnbp first');
    end
    worst = 0;
    for l = 2 : numel(net.layers)
        names = acnnparams(net.layers{l});
        for p = 1 : numel(names)
            name = names{p};
            put = @(value) withlayer(net, l, name, value);
            where = sprintf('layer %d: the gradient of %s', l, name);
            worst = max(worst, checked(net.layers{l}.(name), net.layers{l}.(['d' name]), put, ...
                                       x, y, tolerance, where));
        end
    end
    names = {'ffW', 'ffb'};
    for p = 1 : 2
        name = names{p};
        put = @(value) withfield(net, name, value);
        where = sprintf('layer %d: the gradient of %s', numel(net.layers) + 1, name);
        worst = max(worst, checked(net.(name), net.(['d' name]), put, x, y, tolerance, where));
    end
end

function worst = checked(w, dw, put, x, y, tolerance, where)
% Check an array of weights, or each in a cell array; put gives the net with them replaced.
    worst = 0;
    epsilon = 1e-4;
    for i = 1 : numel(w)
        if iscell(w)
            inner = @(value) putcell(put, w, i, value);
            here = sprintf('%s{%d}', where, i);
            worst = max(worst, checked(w{i}, dw{i}, inner, x, y, tolerance, here));
        else
            above = w;
            above(i) = w(i) + epsilon;
            below = w;
            below(i) = w(i) - epsilon;
            d = (loss(put(above), x, y) - loss(put(below), x, y)) / (2 * epsilon);
            e = abs(d - dw(i));
            if ~(e <= tolerance)
                error('acnn:gradients', ['%s(%d) is %.9g, a central difference %.9g: ' ...
                      'they differ by %.3g, more than %.3g'], where, i, dw(i), d, e, tolerance);
            end
            worst = max(worst, e);
        end
    end
end

function L = loss(net, x, y)
% The loss of a net.
    L = acnnloss(acnnff(net, x), y);
end

function net = withlayer(net, l, name, value)
% The net with one field of a layer replaced.
    net.layers{l}.(name) = value;
end

function net = withfield(net, name, value)
% The net with one field replaced.
    net.(name) = value;
end

function net = putcell(put, cells, i, value)
% The net with one cell replaced.
    cells{i} = value;
    net = put(cells);
end
