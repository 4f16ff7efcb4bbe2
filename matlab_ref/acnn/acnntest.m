function [er, bad] = acnntest(net, x, y)
% Count the images that a net classifies wrongly: their share, and which they are.
% One output alone says yes above the middle of its range: 0 for 'tanh', else 0.5.
%   net   trained
%   x, y  images as for acnnff, and targets, classes x N
    net = acnnff(net, x);
    if ~isnumeric(y) && ~islogical(y)
        error('acnn:targets', ['targets of class %s were given, ' ...
              'expected double, single, logical or an integer class'], class(y));
    end
    if ~isequal(size(y), size(net.o))
        error('acnn:targets', 'targets of size %s were given, expected %s', ...
              acnnsize(y), acnnsize(net.o));
    end
    if size(y, 1) == 1
        middle = (1 - strcmp(acnnactivation(net), 'tanh')) / 2;  % P3
        given = net.o > middle;
        wanted = y > middle;
    else
        [~, given] = max(net.o, [], 1);  % P3
        [~, wanted] = max(y, [], 1);
    end
    bad = find(given ~= wanted);
    er = numel(bad) / size(y, 2);  % P3
end
