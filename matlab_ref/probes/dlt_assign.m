function value = dlt_assign(name, fresh, paths, classes, sizes, bytes)
% The reverse of dlt_fields: set these leaves in variable `name`, made anew
% where it is missing or `fresh` is true. An empty path stands for the variable itself.
name = char(name(:).');
if ~fresh && evalin('base', ['exist(''' name ''', ''var'')'])
    root = evalin('base', name);
else
    root = struct();
end
paths = regexp(char(paths(:).'), '\n', 'split');
if fresh && any(strncmp(paths, '{', 1))
    root = {};
end
classes = regexp(char(classes(:).'), '\n', 'split');
widths = struct('double', 8, 'single', 4, 'logical', 1, 'char', 1, 'cell', 0, 'struct', 0, ...
                'int8', 1, 'uint8', 1, 'int16', 2, 'uint16', 2, 'int32', 4, 'uint32', 4, ...
                'int64', 8, 'uint64', 8);
bytes = bytes(:);
last = 0;
for f = 1 : size(sizes, 1)
    first = last + 1;
    last = last + prod(sizes(f, :)) * widths.(classes{f});
    leaf = typed(bytes(first : last), classes{f});
    if ~isstruct(leaf)
        leaf = reshape(leaf, sizes(f, :));
    end
    if isempty(paths{f})
        root = leaf;
    else
        root = subsasgn(root, dlt_subs(paths{f}), leaf);
    end
end
assignin('base', name, root);
value = [];
end

function leaf = typed(bytes, kind)
if strcmp(kind, 'logical')
    leaf = logical(bytes);
elseif strcmp(kind, 'char')
    leaf = char(bytes);
elseif strcmp(kind, 'cell')
    leaf = {};
elseif strcmp(kind, 'struct')
    leaf = struct();
else
    leaf = typecast(bytes, kind);
end
end
