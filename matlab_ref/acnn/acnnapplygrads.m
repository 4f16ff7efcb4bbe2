function net = acnnapplygrads(net, opts)
% Take one step of gradient descent.
%   net   from acnnbp
%   opts  struct with the learning rate alpha
    for l = 2 : numel(net.layers)
        if strcmp(net.layers{l}.type, 'c')
            for j = 1 : numel(net.layers{l}.db)
                for i = 1 : numel(net.layers{l}.dk)
                    step = opts.alpha * net.layers{l}.dk{i}{j};
                    net.layers{l}.k{i}{j} = net.layers{l}.k{i}{j} - step;
                end
                net.layers{l}.b{j} = net.layers{l}.b{j} - opts.alpha * net.layers{l}.db{j};
            end
        end
    end
    net.ffW = net.ffW - opts.alpha * net.dffW;
    net.ffb = net.ffb - opts.alpha * net.dffb;
end
