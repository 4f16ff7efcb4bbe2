function losses = dlt_losses(net, x, y)
% Losses of a net by the cnnff and cnnbp on the path, random numbers starting anew: what cnnbp
% calls L, then of the outputs o the squared error, the cross-entropy of one-of-many targets, and
% that of independent targets. NaN where there is none.
    rand('state', 1);
    randn('state', 1);
    net = cnnff(net, x);
    net = cnnbp(net, y);
    losses = nan(1, 4);
    if isfield(net, 'L') && isfloat(net.L) && isreal(net.L) && isscalar(net.L)
        losses(1) = net.L;
    end
    if isfield(net, 'o') && isfloat(net.o) && isreal(net.o) && isequal(size(net.o), size(y))
        n = size(y, 2);
        o = double(net.o);
        losses(2) = sum((o(:) - y(:)) .^ 2) / 2 / n;
        if all(o(:) > 0)
            losses(3) = -sum(y(:) .* log(o(:))) / n;
            if all(o(:) < 1)
                losses(4) = losses(3) - sum((1 - y(:)) .* log(1 - o(:))) / n;
            end
        end
    end
end
