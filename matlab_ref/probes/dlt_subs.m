function subs = dlt_subs(path)
% The indices of a path such as layers{2}.k{1}{3}, as subsref and subsasgn take them.
if path(1) ~= '{' && path(1) ~= '('
    path = ['.' path];
end
tokens = regexp(path, '[.{(][\w,]+', 'match');
types = cell(1, numel(tokens));
where = cell(1, numel(tokens));
for k = 1 : numel(tokens)
    token = tokens{k};
    if token(1) == '.'
        types{k} = '.';
        where{k} = token(2 : end);
    else
        types{k} = '{}';
        if token(1) == '('
            types{k} = '()';
        end
        where{k} = num2cell(sscanf(token(2 : end), '%d,').');
    end
end
subs = struct('type', types, 'subs', where);
end
