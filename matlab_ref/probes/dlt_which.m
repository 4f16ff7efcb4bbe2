function value = dlt_which(names)
% Where functions are, whose names are given one a line: for each a line with what `exist` says,
% a tab, and its file, empty where it is in none.
names = regexp(char(names(:).'), '\n', 'split');
value = '';
for k = 1 : numel(names)
    kind = exist(names{k});
    file = '';
    if any(kind == [2 3 103])  % else `which` would search, which takes long
        file = which(names{k});
    end
    if ~any(file == '/' | file == '\')
        file = '';
    end
    value = [value sprintf('%d\t%s\n', kind, file)];
end
value = uint8(value);
end
