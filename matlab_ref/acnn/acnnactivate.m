function x = acnnactivate(s, u)
% The activation f(u) of a layer or of the output.
    name = acnnactivation(s);
    if strcmp(name, 'sigm')
        x = 1 ./ (1 + exp(-u));
    elseif strcmp(name, 'tanh')
        x = 2 * (1 ./ (1 + exp(-(2 * u)))) - 1;
    else
        x = u;
    end
end
