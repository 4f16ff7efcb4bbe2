function same_value(a, b, path)
    % Fail where two values differ in class, size or bits; any NaN equals any NaN.
    if ~strcmp(class(a), class(b)) || ~isequal(size(a), size(b))
        error('%s: %s %s and %s %s', path, mat2str(size(a)), class(a), mat2str(size(b)), class(b));
    end
    if isstruct(a)
        if ~isequal(fieldnames(a), fieldnames(b))
            error('%s: the fields differ', path);
        end
        for name = fieldnames(a)'
            for n = 1 : numel(a)
                same_value(a(n).(name{1}), b(n).(name{1}), [path '.' name{1}]);
            end
        end
    elseif iscell(a)
        for n = 1 : numel(a)
            same_value(a{n}, b{n}, sprintf('%s{%d}', path, n));
        end
    elseif isa(a, 'function_handle')
        if ~strcmp(func2str(a), func2str(b))
            error('%s: %s and %s', path, func2str(a), func2str(b));
        end
    elseif iscomplex(a) || iscomplex(b)
        same_value(real(a), real(b), path);
        same_value(imag(a), imag(b), path);
    elseif isfloat(a)
        a = full(a(:));
        b = full(b(:));
        same = (a == b & signbit(a) == signbit(b)) | (isnan(a) & isnan(b));
        if ~all(same)
            error('%s: %d values differ', path, sum(~same));
        end
    elseif ~isequal(a, b)
        error('%s: the values differ', path);
    end
end
