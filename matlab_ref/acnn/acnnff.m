function net = acnnff(net, x)
% Feed images forward: activations a, feature vectors fv, outputs o.
%   net  from acnnsetup
%   x    images, rows x cols x N
    last = numel(net.layers);
    net.layers{1}.a{1} = x;
    for l = 2 : last
        below = net.layers{l - 1}.a;
        if strcmp(net.layers{l}.type, 'c')
            q = net.layers{l}.kernelsize;
            for j = 1 : net.layers{l}.outputmaps
                u = zeros(size(below{1}, 1) - q + 1, size(below{1}, 2) - q + 1, size(x, 3));
                for i = 1 : numel(below)
                    u = u + convn(below{i}, net.layers{l}.k{i}{j}, 'valid');
                end
                net.layers{l}.a{j} = 1 ./ (1 + exp(-(u + net.layers{l}.b{j})));
            end
        elseif strcmp(net.layers{l}.type, 's')
            s = net.layers{l}.scale;
            for j = 1 : numel(below)
                p = convn(below{j}, ones(s, s) / s ^ 2, 'valid');
                net.layers{l}.a{j} = p(1 : s : end, 1 : s : end, :);
            end
        end
    end

    net.fv = [];
    for j = 1 : numel(net.layers{last}.a)
        top = net.layers{last}.a{j};
        net.fv = [net.fv; reshape(top, size(top, 1) * size(top, 2), size(x, 3))];
    end
    net.o = 1 ./ (1 + exp(-(net.ffW * net.fv + repmat(net.ffb, 1, size(x, 3)))));
end
