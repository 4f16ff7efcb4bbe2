function value = dlt_which(names)
% Where functions are, whose names are given one a line: for each a line with what `exist` says,
% a tab, and its file, empty where it is in none.
names = regexp(char(names(:).'), '\n', 'split');
value = '';
for k = 1 : numel(names)
    file = which(names{k});
    if ~any(file == '/' | file == '\')
        file = '';
    end
    value = [value sprintf('%d\t%s\n', exist(names{k}), file)];
end
value = uint8(value);
end
