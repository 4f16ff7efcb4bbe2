function names = acnnparams(layer)
% The names of a layer's weights; their gradients have a d in front.
    names = {};
    if strcmp(layer.type, 'c')
        names = {'k', 'b'};
    elseif strcmp(layer.type, 'a')
        names = {'c', 'k', 'b'};
    elseif strcmp(layer.type, 'f')
        names = {'W', 'b'};
    elseif acnnget(layer, 'trainable', false)
        names = {'beta', 'b'};
    end
end
