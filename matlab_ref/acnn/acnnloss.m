function [L, e] = acnnloss(net, y)
% The loss of a batch, a mean over its images, penalties included once; and the error e.
%   net  from acnnff
%   y    targets, classes x N: 0 to 1 for 'sigm', -1 to 1 for 'tanh', any for 'linear'
    checktargets(net, y);
    e = net.o - y;
    L = 1 / 2 * sum(e(:) .* e(:)) / size(e, 2);  % E1, E2
    for l = 2 : numel(net.layers)
        if strcmp(net.layers{l}.type, 'a')
            L = L + acnnpenalty(net.layers{l});  % E23
        end
    end
end

function checktargets(net, y)
% Refuse targets of the wrong size or class, or outside the range of the output's activation.
    l = numel(net.layers) + 1;
    if ~isequal(size(y), size(net.o))
        error('acnn:targets', ['layer %d: targets of size %dx%d were given, expected %dx%d: ' ...
              'a row for each output, a column for each image'], ...
              l, size(y, 1), size(y, 2), size(net.o, 1), size(net.o, 2));
    end
    if ~isfloat(y) && ~islogical(y)
        error('acnn:targets', ['layer %d: targets of class %s were given, ' ...
              'expected double, single or logical'], l, class(y));
    end
    name = acnnactivation(net);
    lowest = 0;
    if strcmp(name, 'tanh')
        lowest = -1;
    end
    if ~strcmp(name, 'linear') && any(y(:) < lowest | y(:) > 1)
        error('acnn:targets', ['layer %d: a target of %g was given, ' ...
              'expected %d to 1 for the activation ''%s'''], ...
              l, y(find(y(:) < lowest | y(:) > 1, 1)), lowest, name);
    end
end
