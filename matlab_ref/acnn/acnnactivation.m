function name = acnnactivation(s)
% The activation of a layer, or of the net's output; inputs and plain averages have none.
    name = acnnget(s, 'activation', 'sigm');
    kind = acnnget(s, 'type', '');
    if strcmp(kind, 'i') || (strcmp(kind, 's') && ~acnnget(s, 'trainable', false))
        name = 'linear';
    end
end
