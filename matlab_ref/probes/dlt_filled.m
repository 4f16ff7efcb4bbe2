function net = dlt_filled(net, paths)
% A net whose arrays that are all zero are drawn anew, the same in every run. `paths`: one a line.
    paths = regexp(strtrim(paths), '\n', 'split');
    rand('state', 2);
    for p = 1 : numel(paths)
        where = dlt_subs(paths{p});
        leaf = subsref(net, where);
        if ~any(leaf(:))
            leaf(:) = 0.2 * (rand(size(leaf)) - 0.5);
            net = subsasgn(net, where, leaf);
        end
    end
end
