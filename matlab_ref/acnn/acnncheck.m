function acnncheck(net)
% Refuse layers that do not fit together: which layer, what was got, what was expected.
%   net  struct whose cell array `layers` holds the layers
    maps = 0;
    for l = 1 : numel(net.layers)
        layer = net.layers{l};
        kind = acnnget(layer, 'type', '');
        if l == 1
            among(l, 'type', kind, {'i'});
            maps = acnnget(layer, 'channels', 1);
            whole(l, layer, 'channels', maps, 1);
        else
            among(l, 'type', kind, {'c', 's', 'a', 'f'});
            if strcmp(net.layers{l - 1}.type, 'f')
                among(l, 'type', kind, {'f'});
            end
            maps = checked(l, layer, maps);
        end
    end
    l = numel(net.layers) + 1;
    among(l, 'activation', acnnget(net, 'activation', 'sigm'), {'sigm', 'tanh', 'linear'});
    among(1, 'normalize', acnnget(net, 'normalize', 'set'), {'set', 'pixel'});
end

function maps = checked(l, layer, below)
% Check the fields of one layer; the number of its maps.
    activated = acnnget(layer, 'trainable', false) || ~strcmp(layer.type, 's');
    if ~activated && isfield(layer, 'activation')
        error('acnn:activation', ['layer %d: an activation was given to an ''s'' layer that ' ...
              'only averages: set trainable = true or leave it out'], l);
    end
    among(l, 'activation', acnnget(layer, 'activation', 'sigm'), {'sigm', 'tanh', 'linear'});
    if strcmp(layer.type, 's')
        whole(l, layer, 'scale', acnnget(layer, 'scale', []), 2);
        maps = below;
    elseif strcmp(layer.type, 'f')
        maps = acnnget(layer, 'units', []);
        whole(l, layer, 'units', maps, 1);
    else
        maps = acnnget(layer, 'outputmaps', []);
        whole(l, layer, 'outputmaps', maps, 1);
        whole(l, layer, 'kernelsize', acnnget(layer, 'kernelsize', []), 2);
        if strcmp(layer.type, 'c')
            table(l, acnnget(layer, 'maps', true(below, maps)), below, maps);
        else
            among(l, 'penalty', acnnget(layer, 'penalty', 'l1'), {'l1', 'entropy'});
            lam = acnnget(layer, 'lam', 0);
            if ~(isnumeric(lam) && isscalar(lam) && lam >= 0 && lam < Inf)
                error('acnn:lam', 'layer %d: its lam is %s, expected one number of at least 0', ...
                      l, mat2str(lam));
            end
        end
    end
end

function among(l, name, value, allowed)
% Refuse a name that is not one of those allowed.
    if ~ischar(value) || ~any(strcmp(value, allowed))
        if ~ischar(value)
            value = mat2str(value);
        end
        error(['acnn:' name], 'layer %d: its %s is ''%s'', expected ''%s''', ...
              l, name, value, strjoin(allowed, ''' or '''));
    end
end

function whole(l, layer, name, value, most)
% Refuse what is not one whole number from 1 on, or up to two of them.
    if isempty(value)
        error(['acnn:' name], 'layer %d: its %s is missing: a layer ''%s'' needs it', ...
              l, name, layer.type);
    end
    good = isnumeric(value) && numel(value) <= most && size(value, 1) == 1;
    if ~good || any(value ~= floor(value)) || any(value < 1) || any(value == Inf)
        expected = 'one whole number of at least 1';
        if most == 2
            expected = 'one or two whole numbers of at least 1';
        end
        error(['acnn:' name], 'layer %d: its %s is %s, expected %s', ...
              l, name, mat2str(value), expected);
    end
end

function table(l, maps, below, outputs)
% Refuse a connection table that names a missing map, or leaves an output map without input.
    if ~isequal(size(maps), [below, outputs])
        error('acnn:maps', ['layer %d: its maps is %dx%d, expected %dx%d: ' ...
              'a row for each map below, a column for each output map'], ...
              l, size(maps, 1), size(maps, 2), below, outputs);
    end
    if any(maps(:) ~= 0 & maps(:) ~= 1)
        error('acnn:maps', 'layer %d: its maps holds %g, expected 0 and 1 only', ...
              l, maps(find(maps(:) ~= 0 & maps(:) ~= 1, 1)));
    end
    alone = find(sum(maps, 1) == 0, 1);
    if ~isempty(alone)
        error('acnn:maps', ['layer %d: column %d of its maps is empty, ' ...
              'expected an input for each output map'], l, alone);
    end
end
