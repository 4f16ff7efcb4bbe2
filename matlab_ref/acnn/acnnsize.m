function text = acnnsize(value)
% The size of a value as messages write it, such as 8x8x5.
    text = sprintf('x%d', size(value));
    text = text(2 : end);
end
