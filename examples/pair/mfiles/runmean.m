function [m, n] = runmean(x, w)
% Mean over a window of w values that ends at each value, and how many values it holds.
    m = zeros(size(x));
    n = zeros(size(x));
    for k = 1 : numel(x)
        part = x(max(1, k - w + 1) : k);
        m(k) = sum(part) / numel(part);
        n(k) = numel(part);
    end
end
