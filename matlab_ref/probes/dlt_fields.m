function value = dlt_fields(name, subset)
% The leaves of variable `name`: their paths and classes (one a line), their
% sizes (one row each, padded with 1) and their bytes, end to end.
% `subset`: paths of the parts to take, one a line; empty: the whole variable.
root = evalin('base', char(name(:).'));
subset = char(subset(:).');
if isempty(subset)
    [paths, leaves] = dlt_walk(root, '');
else
    paths = {};
    leaves = {};
    parts = regexp(subset, '\n', 'split');
    for p = 1 : numel(parts)
        [some, their] = dlt_walk(subsref(root, dlt_subs(parts{p})), parts{p});
        paths = [paths some];
        leaves = [leaves their];
    end
end

n = numel(leaves);
classes = cell(1, n);
bytes = cell(n, 1);
sizes = ones(n, max([2 cellfun(@ndims, leaves)]));
for f = 1 : n
    leaf = leaves{f};
    classes{f} = class(leaf);
    sizes(f, 1 : ndims(leaf)) = size(leaf);
    bytes{f} = flat(paths{f}, leaf);
end
value.paths = uint8(strjoin(paths, "\n"));
value.classes = uint8(strjoin(classes, "\n"));
value.sizes = sizes;
value.bytes = vertcat(zeros(0, 1, 'uint8'), bytes{:});
end

function bytes = flat(path, leaf)
if isempty(path)
    path = 'the variable';
end
if ~(isnumeric(leaf) || islogical(leaf) || ischar(leaf)) || ~isreal(leaf)
    kind = class(leaf);
    if isnumeric(leaf)
        kind = ['complex ' kind];
    end
    error('dltparity:class', '%s is of class %s, which cannot be compared', path, kind);
end
bytes = typecast(full(leaf(:)), 'uint8');
bytes = bytes(:);
end
