function text = dlt_differences(a, b)
% How two values differ, a line for each leaf that one of them has: path, what else than values
% differs, values compared, values that differ, largest difference, largest magnitude in `a`,
% first place, both values there; between tabs. Any NaN equals any NaN.
    [pa, la] = dlt_walk(a, '');
    [pb, lb] = dlt_walk(b, '');
    text = '';
    for k = 1 : numel(pa)
        m = find(strcmp(pb, pa{k}), 1);
        if isempty(m)
            row = other('is missing');
        else
            row = leaf(la{k}, lb{m});
        end
        text = [text pa{k} row];
    end
    for k = find(~ismember(pb, pa))
        text = [text pb{k} other('is added')];
    end
end

function row = other(problem)
    row = sprintf('\t%s\t0\t0\t0\t0\t0\t\t\n', problem);
end

function row = leaf(a, b)
    if ~strcmp(class(a), class(b))
        row = other(['is ' class(b) ' instead of ' class(a)]);
    elseif ~isequal(size(a), size(b))
        row = other(['is ' dims(b) ' instead of ' dims(a)]);
    elseif ~(isnumeric(a) || islogical(a) || ischar(a))
        row = sprintf('\t\t1\t%d\t0\t0\t1\t\t\n', ~alike(a, b));
    else
        row = numbers(a, b);
    end
end

function same = alike(a, b)
    if is_function_handle(a)
        same = strcmp(func2str(a), func2str(b));
    else
        same = isequal(a, b);
    end
end

function row = numbers(a, b)
    a = full(a);
    b = full(b);
    if iscomplex(a) || iscomplex(b)
        a = [real(a(:)); imag(a(:))];
        b = [real(b(:)); imag(b(:))];
    end
    a = a(:);
    b = b(:);
    differ = bits(a) ~= bits(b) & ~(a ~= a & b ~= b);
    where = find(differ, 1);
    if isempty(where)
        row = sprintf('\t\t%d\t0\t0\t0\t0\t\t\n', numel(a));
        return
    end
    distance = abs(double(b) - double(a));
    distance = distance(isfinite(distance));
    scale = abs(double(a));
    scale = scale(isfinite(scale));
    unsettled = any(isfinite(double(a)) ~= isfinite(double(b)));
    problem = '';
    if unsettled
        problem = 'is not finite where the other is';
    end
    row = sprintf('\t%s\t%d\t%d\t%.17g\t%.17g\t%d\t%.17g\t%.17g\n', problem, numel(a), ...
                  sum(differ), max([distance; 0]), max([scale; 0]), where, ...
                  double(a(where)), double(b(where)));
end

function words = bits(x)
    if isa(x, 'double')
        words = typecast(x, 'uint64');
    elseif isa(x, 'single')
        words = typecast(x, 'uint32');
    else
        words = x;
    end
end

function text = dims(leaf)
    text = sprintf('%dx', size(leaf));
    text = text(1 : end - 1);
end
