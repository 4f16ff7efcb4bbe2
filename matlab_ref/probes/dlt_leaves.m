function text = dlt_leaves(value)
% What a value is made of, a line each: path, class, size and number of elements, between tabs.
    [paths, leaves] = dlt_walk(value, '');
    text = '';
    for k = 1 : numel(leaves)
        text = [text sprintf('%s\t%s\t%s\t%d\n', paths{k}, class(leaves{k}), ...
                             dims(leaves{k}), numel(leaves{k}))];
    end
end

function text = dims(leaf)
    text = sprintf('%dx', size(leaf));
    text = text(1 : end - 1);
end
