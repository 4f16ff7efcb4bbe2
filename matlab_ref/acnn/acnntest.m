function [er, bad] = acnntest(net, x, y)
% Count the images that a net classifies wrongly: their share, and which they are.
% One output alone says yes above the middle of its range: 0 for 'tanh', else 0.5.
%   net   trained
%   x, y  images as for acnnff, and targets, classes x N
    net = acnnff(net, x);
    if ~isequal(size(y), size(net.o))
        error('acnn:targets', 'targets of size %dx%d were given, expected %dx%d', ...
              size(y, 1), size(y, 2), size(net.o, 1), size(net.o, 2));
    end
    if size(y, 1) == 1
        middle = (1 - strcmp(acnnactivation(net), 'tanh')) / 2;
        given = net.o > middle;
        wanted = y > middle;
    else
        [~, given] = max(net.o, [], 1);
        [~, wanted] = max(y, [], 1);
    end
    bad = find(given ~= wanted);
    er = numel(bad) / size(y, 2);
end
