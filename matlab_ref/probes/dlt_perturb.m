function value = dlt_perturb(value, seed)
% The value with every floating-point number one unit in the last place up or down. The signs come
% from `seed`; Octave's random stream is left alone. What is not finite stays, and so does a whole
% number that stands alone: it is a count, a size or a choice, and no measurement.
    state = rand('state');
    rand('state', seed);
    value = moved(value);
    rand('state', state);
end

function value = moved(value)
    if iscell(value)
        for k = 1 : numel(value)
            value{k} = moved(value{k});
        end
    elseif isstruct(value)
        names = fieldnames(value);
        for k = 1 : numel(value)
            for m = 1 : numel(names)
                value(k).(names{m}) = moved(value(k).(names{m}));
            end
        end
    elseif isfloat(value)
        value = shifted(value);
    end
end

function value = shifted(value)
    steps = 2 * (rand(size(value)) < 0.5) - 1;
    hit = isfinite(value);
    if isscalar(value) && value == fix(value)
        hit = false;
    end
    if iscomplex(value)
        value(hit) = complex(real(value(hit)) + steps(hit) .* eps(real(value(hit))), ...
                             imag(value(hit)) + steps(hit) .* eps(imag(value(hit))));
    else
        value(hit) = value(hit) + steps(hit) .* eps(value(hit));
    end
end
