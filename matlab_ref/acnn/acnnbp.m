function net = acnnbp(net, y)
% Propagate the error back: e, the loss L, sensitivities d, gradients dk, db, dffW, dffb.
%   net  from acnnff
%   y    targets, classes x N
    last = numel(net.layers);
    count = size(net.o, 2);

    net.e = net.o - y;
    net.L = 1 / 2 * sum(net.e(:) .^ 2) / count;
    net.od = net.e .* (net.o .* (1 - net.o));
    net.fvd = net.ffW' * net.od;
    if strcmp(net.layers{last}.type, 'c')
        net.fvd = net.fvd .* (net.fv .* (1 - net.fv));
    end

    [rows, cols, ~] = size(net.layers{last}.a{1});
    for j = 1 : numel(net.layers{last}.a)
        part = net.fvd((j - 1) * rows * cols + 1 : j * rows * cols, :);
        net.layers{last}.d{j} = reshape(part, rows, cols, count);
    end

    for l = last - 1 : -1 : 2
        a = net.layers{l}.a;
        above = net.layers{l + 1};
        if strcmp(net.layers{l}.type, 'c')
            s = above.scale;
            [rows, cols, ~] = size(a{1});
            for j = 1 : numel(a)
                up = above.d{j}(ceil((1 : rows) / s), ceil((1 : cols) / s), :);
                net.layers{l}.d{j} = a{j} .* (1 - a{j}) .* (up / s ^ 2);
            end
        else
            for i = 1 : numel(a)
                z = zeros(size(a{1}));
                for j = 1 : numel(above.d)
                    k = above.k{i}{j};
                    z = z + convn(above.d{j}, k(end : -1 : 1, end : -1 : 1), 'full');
                end
                net.layers{l}.d{i} = z;
            end
        end
    end

    for l = 2 : last
        if strcmp(net.layers{l}.type, 'c')
            for j = 1 : numel(net.layers{l}.d)
                d = net.layers{l}.d{j};
                for i = 1 : numel(net.layers{l - 1}.a)
                    a = net.layers{l - 1}.a{i}(end : -1 : 1, end : -1 : 1, end : -1 : 1);
                    net.layers{l}.dk{i}{j} = convn(a, d, 'valid') / count;
                end
                net.layers{l}.db{j} = sum(d(:)) / count;
            end
        end
    end
    net.dffW = net.od * net.fv' / count;
    net.dffb = mean(net.od, 2);
end
