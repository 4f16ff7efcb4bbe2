function found = dlt_numbers(net, places)
% Single numbers of a net as a row of doubles; `places`: path, tab and index, a line each.
    places = regexp(strtrim(places), '\n', 'split');
    found = zeros(1, numel(places));
    for p = 1 : numel(places)
        parts = regexp(places{p}, '\t', 'split');
        leaf = subsref(net, dlt_subs(parts{1}));
        found(p) = leaf(str2double(parts{2}));
    end
end
