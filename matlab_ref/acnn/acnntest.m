function [er, bad] = acnntest(net, x, y)
% Count the images that a net classifies wrongly: their share, and which they are.
%   net   trained
%   x, y  images, rows x cols x N, and targets, classes x N
    net = acnnff(net, x);
    [~, given] = max(net.o);
    [~, wanted] = max(y);
    bad = find(given ~= wanted);
    er = numel(bad) / size(y, 2);
end
