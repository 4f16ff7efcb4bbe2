function stop = dlt_photo()
% Condition of a breakpoint: keeps the weights of the caller's variable net, and never stops.
    global dlt_photos
    net = evalin('caller', 'net');
    column = zeros(0, 1);
    for l = 1 : numel(net.layers)
        for name = {'k', 'b'}
            if isfield(net.layers{l}, name{1})
                column = [column; flat(net.layers{l}.(name{1}))];
            end
        end
    end
    dlt_photos{end + 1} = [column; flat(net.ffW); flat(net.ffb)];
    stop = false;
end

function column = flat(value)
% All numbers of an array, or of the arrays in a cell array, below each other in double.
    if iscell(value)
        parts = cellfun(@flat, value(:), 'UniformOutput', false);
        column = vertcat(zeros(0, 1), parts{:});
    else
        column = double(value(:));
    end
end
