function reply = dlt_call(probe, varargin)
% Run a probe; an error comes back as data, because oct2py drops the identifier
% and the line. All text travels as uint8, so no character is recoded on the way.
reply = struct('ok', true, 'value', [], 'message', [], 'identifier', [], 'frames', []);
try
    reply.value = feval(probe, varargin{:});
catch err
    frames = '';
    for k = 1 : numel(err.stack)
        frames = [frames sprintf('%s\t%d\n', err.stack(k).file, err.stack(k).line)];
    end
    reply.ok = false;
    reply.message = uint8(err.message);
    reply.identifier = uint8(err.identifier);
    reply.frames = uint8(frames);
end
end
