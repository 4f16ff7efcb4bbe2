function acnnfits(net)
% Refuse weights that are missing, or were made for other layers than the net has now.
    if ~isfield(net, 'ffW')
        error('acnn:setup', 'the net has no weights: run acnnsetup first');
    end
    maps = acnnget(net.layers{1}, 'channels', 1);
    for l = 2 : numel(net.layers)
        layer = net.layers{l};
        fits = all(isfield(layer, acnnparams(layer)));
        if strcmp(layer.type, 'c') || strcmp(layer.type, 'a')
            fits = fits && numel(layer.b) == layer.outputmaps && numel(layer.k) == maps;
            fits = fits && kernelsfit(layer, maps);
            maps = layer.outputmaps;
        elseif strcmp(layer.type, 'f')
            fits = fits && size(layer.W, 1) == layer.units;
            maps = layer.units;
        elseif acnnget(layer, 'trainable', false)
            fits = fits && numel(layer.beta) == maps;
        end
        if ~fits
            error('acnn:setup', ['layer %d: its weights were made for another layer: ' ...
                  'run acnnsetup after a change of the net'], l);
        end
    end
end

function fits = kernelsfit(layer, maps)
% Whether the kernels, and the logits of a combination, are as many and as large as they should be.
    table = acnnget(layer, 'maps', true(maps, layer.outputmaps));
    wanted = double(layer.kernelsize) .* [1 1];
    kernels = layer.outputmaps;
    fits = true;
    if strcmp(layer.type, 'a')
        fits = isequal(size(layer.c), size(table));
        if acnnget(layer, 'shared', true)
            kernels = 1;
        end
    end
    for i = 1 : maps
        fits = fits && numel(layer.k{i}) == kernels;
        for q = 1 : kernels * fits
            k = layer.k{i}{q};
            fits = fits && ndims(k) == 2 && all(size(k) == wanted * (table(i, q) ~= 0));
        end
    end
end
