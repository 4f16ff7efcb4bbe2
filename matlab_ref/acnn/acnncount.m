function count = acnncount(net, x)
% The number of images; refuses x where it does not fit the net's channels.
%   x  images, rows x cols x N, or rows x cols x channels x N for several channels
    channels = acnnget(net.layers{1}, 'channels', 1);
    shape = 'rows x cols x N';
    count = size(x, 3);
    good = ndims(x) <= 3;
    if channels > 1
        shape = sprintf('rows x cols x %d x N', channels);
        count = size(x, 4);
        good = ndims(x) <= 4 && size(x, 3) == channels;
    end
    if ~isnumeric(x) && ~islogical(x)
        error('acnn:images', ['layer 1: images of class %s were given, ' ...
              'expected double, single, logical or an integer class'], class(x));
    end
    if ~good || isempty(x)
        error('acnn:images', ['layer 1: images of size %s were given, expected %s ' ...
              '(set channels on the input layer for several channels)'], ...
              acnnsize(x), shape);
    end
end
