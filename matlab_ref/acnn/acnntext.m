function text = acnntext(value)
% A value as messages write it: text in quotes, a few numbers, or else its size and class.
    if ischar(value) && size(value, 1) == 1
        text = ['''' value ''''];
    elseif islogical(value) && isscalar(value)
        text = mat2str(value);
    elseif isnumeric(value) && ndims(value) == 2 && any(numel(value) == 1 : 9)
        text = mat2str(double(value));
    else
        text = sprintf('%s of class %s', acnnsize(value), class(value));
    end
end
