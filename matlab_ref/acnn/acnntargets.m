function acnntargets(net, y, count)
% Refuse targets of the wrong size or class, or outside the range of the output's activation.
%   net    from acnnsetup
%   y      targets, classes x count
%   count  the number of images
    if ~isfield(net, 'ffW')
        error('acnn:setup', 'the net has no weights: run acnnsetup first');
    end
    l = numel(net.layers) + 1;
    if ~isfloat(y) && ~islogical(y)
        error('acnn:targets', ['layer %d: targets of class %s were given, ' ...
              'expected double, single or logical'], l, class(y));
    end
    if ~isequal(size(y), [size(net.ffW, 1), count])
        error('acnn:targets', ['layer %d: targets of size %s were given, expected %dx%d: ' ...
              'a row for each output, a column for each image'], ...
              l, acnnsize(y), size(net.ffW, 1), count);
    end
    name = acnnactivation(net);
    lowest = 0;
    if strcmp(name, 'tanh')
        lowest = -1;
    end
    outside = ~(y(:) >= lowest & y(:) <= 1);
    if ~strcmp(name, 'linear') && any(outside)
        error('acnn:targets', ['layer %d: a target of %g was given, ' ...
              'expected %d to 1 for the activation ''%s'''], ...
              l, y(find(outside, 1)), lowest, name);
    end
end
