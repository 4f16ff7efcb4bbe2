function value = dlt_known(names)
% What a session knows, a line each of a word, a tab and a name: the folders on its path, in order,
% its built-in functions, and which of them and of these names, given one a line, were typed in.
names = regexp(char(names(:).'), '\n', 'split');
built = __builtins__();
names = [names(:); built(:)];
typed = names(cellfun(@(name) exist(name) == 103, names));
folders = regexp(path(), pathsep(), 'split');
value = [sprintf('path\t%s\n', folders{:}) sprintf('built-in\t%s\n', built{:})];
if ~isempty(typed)
    value = [value sprintf('typed in\t%s\n', typed{:})];
end
value = uint8(value);
end
