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
    if ~good || isempty(x)
        got = sprintf('x%d', size(x));
        error('acnn:images', ['layer 1: images of size %s were given, expected %s ' ...
              '(set channels on the input layer for several channels)'], ...
              got(2 : end), shape);
    end
end
