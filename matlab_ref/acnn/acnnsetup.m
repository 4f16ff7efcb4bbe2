function net = acnnsetup(net, x, y)
% Give a net its weights, drawn with rand.
%   net  struct whose cell array `layers` holds the layers: 'i', 'c' and 's'
%   x    images, rows x cols x N; only their size counts
%   y    targets, classes x N; only the number of classes counts
    maps = 1;
    side = [size(x, 1), size(x, 2)];
    for l = 1 : numel(net.layers)
        if strcmp(net.layers{l}.type, 'c')
            q = net.layers{l}.kernelsize;
            side = side - q + 1;
            outputs = net.layers{l}.outputmaps;
            r = sqrt(6 / (maps * q ^ 2 + outputs * q ^ 2));
            for j = 1 : outputs
                for i = 1 : maps
                    net.layers{l}.k{i}{j} = (rand(q, q) - 0.5) * 2 * r;
                end
                net.layers{l}.b{j} = 0;
            end
            maps = outputs;
        elseif strcmp(net.layers{l}.type, 's')
            side = side / net.layers{l}.scale;
            if any(side ~= floor(side))
                error('acnn:size', 'layer %d: its scale %g does not divide the maps below it', ...
                      l, net.layers{l}.scale);
            end
            net.layers{l}.b(1 : maps) = {0};
        elseif ~strcmp(net.layers{l}.type, 'i') || l > 1
            error('acnn:type', 'layer %d: its type is ''%s'', expected ''c'' or ''s''', ...
                  l, net.layers{l}.type);
        end
    end
    features = prod(side) * maps;
    classes = size(y, 1);
    net.ffb = zeros(classes, 1);
    net.ffW = (rand(classes, features) - 0.5) * 2 * sqrt(6 / (classes + features));
end
