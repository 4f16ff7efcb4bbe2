function d = acnndelta(s, x, g)
% The sensitivity f'(u) .* g, where x = f(u) and g is the gradient with respect to x.
    name = acnnactivation(s);
    if strcmp(name, 'sigm')
        d = x .* (1 - x) .* g;
    elseif strcmp(name, 'tanh')
        d = (1 - x .* x) .* g;
    else
        d = g;
    end
end
