function found = dlt_slopes(net, x, y, places, steps)
% Losses along single numbers of a net, each moved by each of `steps` up and down: (numbers,
% steps, up and down, kind of loss). `places`: path, tab and index of each number, a line each.
    places = regexp(strtrim(places), '\n', 'split');
    found = zeros(numel(places), numel(steps), 2, 4);
    for p = 1 : numel(places)
        parts = regexp(places{p}, '\t', 'split');
        where = dlt_subs(parts{1});
        index = str2double(parts{2});
        leaf = subsref(net, where);
        for k = 1 : numel(steps)
            for side = 1 : 2
                moved = leaf;
                moved(index) = leaf(index) + (3 - 2 * side) * steps(k);
                found(p, k, side, :) = dlt_losses(subsasgn(net, where, moved), x, y);
            end
        end
    end
end
