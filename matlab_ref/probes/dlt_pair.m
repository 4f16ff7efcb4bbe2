function dlt_pair(name, outputs, seed, seconds, progress)
% Call a function on each of the argument lists in the variable dlt_in; what it gives is kept in
% dlt_heads, a line for each outcome and each array, and in dlt_leaves, the arrays. `seed`: of the
% one-ulp changes of the arguments, 0 for none. Once `seconds` are over, no further call begins.
% `progress`: a file that tells which call is running.
    inputs = evalin('base', 'dlt_in.k');
    f = str2func(name);
    known = any(exist(name) == [2 3 5 103]);
    heads = {};
    leaves = {};
    start = clock();
    for k = 1 : numel(inputs)
        if k > 1 && etime(clock(), start) > seconds
            break
        end
        mark(progress, k);
        arguments = inputs{k};
        if seed > 0
            arguments = dlt_perturb(arguments, seed);
        end
        rand('state', 1);
        randn('state', 1);
        found = cell(1, outputs);
        try
            if ~known
                error('Octave:undefined-function', '''%s'' undefined', name);
            end
            [found{:}] = f(arguments{:});
            heads{end + 1} = sprintf('%d\treturns', k);
            for n = 1 : outputs
                [some, their] = told(k, n, found{n});
                heads = [heads some];
                leaves = [leaves their];
            end
        catch err
            place = '';
            if known && ~isempty(err.stack) && err.stack(1).line > 0
                place = sprintf('%s:%d', err.stack(1).name, err.stack(1).line);
            end
            heads{end + 1} = sprintf('%d\traises\t%s\t%s\t%s', k, oneline(place), ...
                                     err.identifier, oneline(err.message));
        end
    end
    mark(progress, 0);
    assignin('base', 'dlt_heads', strjoin(heads, "\n"));
    assignin('base', 'dlt_leaves', struct('v', {leaves}));
end

function mark(progress, k)
    file = fopen(progress, 'w');
    fprintf(file, '%d', k);
    fclose(file);
end

function text = oneline(text)
    text = regexprep(text, '\s+', ' ');
end

function [heads, kept] = told(k, n, value)
    [paths, leaves] = dlt_walk(value, sprintf('{%d}', n));
    if isempty(paths)  % an empty cell array or struct array
        paths = {sprintf('{%d}', n)};
        leaves = {value};
    end
    heads = {};
    kept = {};
    for m = 1 : numel(paths)
        leaf = leaves{m};
        kind = class(leaf);
        if ischar(leaf)
            parts = {double(leaf)};
        elseif (isnumeric(leaf) || islogical(leaf)) && ~isreal(leaf)
            kind = ['complex ' kind];
            parts = {real(full(leaf)), imag(full(leaf))};
        elseif isnumeric(leaf) || islogical(leaf)
            parts = {full(leaf)};
        elseif isempty(leaf)
            parts = {zeros(size(leaf))};
        else
            kind = ['no array: ' kind];
            parts = {0};
        end
        for p = 1 : numel(parts)
            heads{end + 1} = sprintf('%d\tarray\t%s\t%s', k, paths{m}, kind);
            kept{end + 1} = parts{p};
            paths{m} = [paths{m} '.imag'];
        end
    end
end
