function acnncheck(net)
% Refuse layers that do not fit together: which layer, what was got, what was expected.
%   net  struct whose cell array `layers` holds the layers
    if isempty(acnnget(net, 'layers', {}))
        error('acnn:layers', 'the net has no layers: give at least the input layer');
    end
    maps = 0;
    for l = 1 : numel(net.layers)
        layer = net.layers{l};
        kind = acnnget(layer, 'type', '');
        if l == 1
            among(l, 'type', kind, {'i'});
            own(l, layer);
            maps = whole(l, layer, 'channels', acnnget(layer, 'channels', 1), 1);
        else
            among(l, 'type', kind, {'c', 's', 'a', 'f'});
            if strcmp(net.layers{l - 1}.type, 'f')
                among(l, 'type', kind, {'f'});
            end
            own(l, layer);
            maps = checked(l, layer, maps);
        end
    end
    l = numel(net.layers) + 1;
    among(l, 'activation', acnnget(net, 'activation', 'sigm'), {'sigm', 'tanh', 'linear'});
    among(1, 'normalize', acnnget(net, 'normalize', 'set'), {'set', 'pixel'});
end

function own(l, layer)
% Refuse an option that only layers of another type take.
    if strcmp(layer.type, 'i')
        takes = {'channels'};
    elseif strcmp(layer.type, 'c')
        takes = {'outputmaps', 'kernelsize', 'maps', 'activation'};
    elseif strcmp(layer.type, 'a')
        takes = {'outputmaps', 'kernelsize', 'shared', 'lam', 'penalty', 'activation'};
    elseif strcmp(layer.type, 's')
        takes = {'scale', 'trainable', 'activation'};
    else
        takes = {'units', 'activation'};
    end
    names = {'channels', 'outputmaps', 'kernelsize', 'maps', 'shared', 'lam', 'penalty', ...
             'scale', 'trainable', 'units', 'activation'};
    names = names(isfield(layer, names));
    for i = 1 : numel(names)
        if ~any(strcmp(names{i}, takes))
            error('acnn:options', 'layer %d: %s was given, a layer ''%s'' takes %s', ...
                  l, names{i}, layer.type, strjoin(takes, ', '));
        end
    end
end

function maps = checked(l, layer, below)
% Check the fields of one layer; the number of its maps.
    if strcmp(layer.type, 's')
        flag(l, 'trainable', acnnget(layer, 'trainable', false));
    elseif strcmp(layer.type, 'a')
        flag(l, 'shared', acnnget(layer, 'shared', true));
    end
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
        maps = whole(l, layer, 'units', acnnget(layer, 'units', []), 1);
    else
        maps = whole(l, layer, 'outputmaps', acnnget(layer, 'outputmaps', []), 1);
        whole(l, layer, 'kernelsize', acnnget(layer, 'kernelsize', []), 2);
        if strcmp(layer.type, 'c')
            table(l, acnnget(layer, 'maps', true(below, maps)), below, maps);
        else
            among(l, 'penalty', acnnget(layer, 'penalty', 'l1'), {'l1', 'entropy'});
            lam = acnnget(layer, 'lam', 0);
            if ~(isnumeric(lam) && isscalar(lam) && lam >= 0 && lam < Inf)
                error('acnn:lam', 'layer %d: its lam is %s, expected one number of at least 0', ...
                      l, acnntext(lam));
            end
        end
    end
end

function among(l, name, value, allowed)
% Refuse a name that is not one of those allowed.
    if ~ischar(value) || ~any(strcmp(value, allowed))
        error(['acnn:' name], 'layer %d: its %s is %s, expected ''%s''', ...
              l, name, acnntext(value), strjoin(allowed, ''' or '''));
    end
end

function flag(l, name, value)
% Refuse what is not true or false, or 1 or 0.
    if ~(isnumeric(value) || islogical(value)) || ~isscalar(value) || ~any(value == [0 1])
        error(['acnn:' name], 'layer %d: its %s is %s, expected true or false', ...
              l, name, acnntext(value));
    end
end

function value = whole(l, layer, name, value, most)
% Refuse what is not one whole number from 1 on, or up to two of them; give it as double.
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
              l, name, acnntext(value), expected);
    end
    value = double(value);
end

function table(l, maps, below, outputs)
% Refuse a connection table that names a missing map, or leaves an output map without input.
    if ~isnumeric(maps) && ~islogical(maps)
        error('acnn:maps', 'layer %d: its maps is of class %s, expected logical', l, class(maps));
    end
    if ~isequal(size(maps), [below, outputs])
        error('acnn:maps', ['layer %d: its maps is %s, expected %dx%d: ' ...
              'a row for each map below, a column for each output map'], ...
              l, acnnsize(maps), below, outputs);
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
