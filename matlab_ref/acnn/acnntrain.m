function net = acnntrain(net, x, y, opts)
% Train by gradient descent over shuffled batches; rL is the smoothed loss.
%   net   from acnnsetup
%   x, y  images, rows x cols x N or rows x cols x channels x N, and targets, classes x N
%   opts  struct with alpha (see acnnapplygrads), batchsize (the last batch may be smaller) and
%         numepochs
    acnncheck(net);
    count = acnncount(net, x);
    batchsize = whole('batchsize', acnnget(opts, 'batchsize', []));
    numepochs = whole('numepochs', acnnget(opts, 'numepochs', []));
    if ~isfield(opts, 'alpha')
        error('acnn:alpha', 'opts.alpha is missing, expected a learning rate');
    end
    acnntargets(net, y, count);
    net.rL = [];
    for epoch = 1 : numepochs
        order = randperm(count);  % P2
        for first = 1 : batchsize : count
            chosen = order(first : min(first + batchsize - 1, count));  % P2
            if acnnget(net.layers{1}, 'channels', 1) > 1
                net = acnnff(net, x(:, :, :, chosen));
            else
                net = acnnff(net, x(:, :, chosen));
            end
            net = acnnbp(net, y(:, chosen));
            net = acnnapplygrads(net, opts);
            if isempty(net.rL)
                net.rL(1) = net.L;
            end
            net.rL(end + 1) = 0.99 * net.rL(end) + 0.01 * net.L;  % P2
        end
    end
end

function value = whole(name, value)
% Refuse what is not one whole number of at least 1; give it as double.
    if isempty(value)
        error(['acnn:' name], 'opts.%s is missing, expected one whole number of at least 1', name);
    end
    good = isnumeric(value) && isscalar(value);
    if ~good || value ~= floor(value) || value < 1 || value == Inf
        error(['acnn:' name], 'opts.%s is %s, expected one whole number of at least 1', ...
              name, acnntext(value));
    end
    value = double(value);
end
