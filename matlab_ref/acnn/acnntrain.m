function net = acnntrain(net, x, y, opts)
% Train by gradient descent over shuffled batches; rL is the smoothed loss.
%   net   from acnnsetup
%   x, y  images, rows x cols x N, and targets, classes x N
%   opts  struct with alpha, batchsize (a divisor of N) and numepochs
    count = size(x, 3);
    batches = count / opts.batchsize;
    if batches ~= floor(batches)
        error('acnn:batchsize', 'batchsize is %g: expected a divisor of the %d images', ...
              opts.batchsize, count);
    end
    net.rL = [];
    for epoch = 1 : opts.numepochs
        order = randperm(count);
        for b = 1 : batches
            chosen = order((b - 1) * opts.batchsize + 1 : b * opts.batchsize);
            net = acnnff(net, x(:, :, chosen));
            net = acnnbp(net, y(:, chosen));
            net = acnnapplygrads(net, opts);
            if isempty(net.rL)
                net.rL(1) = net.L;
            end
            net.rL(end + 1) = 0.99 * net.rL(end) + 0.01 * net.L;
        end
    end
end
