function value = acnnget(s, name, default)
% A field of a struct, or its default where nobody set it.
    value = default;
    if isfield(s, name)
        value = s.(name);
    end
end
