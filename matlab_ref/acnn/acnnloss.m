function [L, e] = acnnloss(net, y)
% The loss of a batch, a mean over its images, penalties included once; and the error e.
%   net  from acnnff
%   y    targets, classes x N: 0 to 1 for 'sigm', -1 to 1 for 'tanh', any for 'linear'
    acnntargets(net, y, size(net.o, 2));
    e = net.o - y;
    L = 1 / 2 * sum(e(:) .* e(:)) / size(e, 2);  % E1, E2
    for l = 2 : numel(net.layers)
        if strcmp(net.layers{l}.type, 'a')
            L = L + acnnpenalty(net.layers{l});  % E23
        end
    end
end
