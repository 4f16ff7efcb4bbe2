function [paths, leaves] = dlt_walk(value, path)
% The leaves of a value, and their paths behind `path`.
if isstruct(value)
    paths = {};
    leaves = {};
    names = fieldnames(value);
    for i = 1 : numel(value)
        here = path;
        if numel(value) > 1
            here = [path index('(', size(value), i, ')')];
        end
        if ~isempty(here)
            here = [here '.'];
        end
        for k = 1 : numel(names)
            [some, their] = dlt_walk(value(i).(names{k}), [here names{k}]);
            paths = [paths some];
            leaves = [leaves their];
        end
    end
elseif iscell(value)
    paths = cell(1, numel(value));
    leaves = cell(1, numel(value));
    for i = 1 : numel(value)
        [paths{i}, leaves{i}] = dlt_walk(value{i}, [path index('{', size(value), i, '}')]);
    end
    paths = [{} paths{:}];
    leaves = [{} leaves{:}];
else
    paths = {path};
    leaves = {value};
end
end

function text = index(left, sz, i, right)
if numel(sz) == 2 && any(sz == 1)
    text = sprintf('%s%d%s', left, i, right);
else
    subs = cell(1, numel(sz));
    [subs{:}] = ind2sub(sz, i);
    text = [left strjoin(cellfun(@num2str, subs, 'UniformOutput', false), ',') right];
end
end
