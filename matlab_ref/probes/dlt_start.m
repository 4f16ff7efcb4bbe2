function value = dlt_start(work, paths)
% Set a new session up and say what it runs on. `paths`: folders, one a line.
% A working folder of its own keeps files of the caller's folder from shadowing the path.
warning('off', 'Octave:shadowed-function');
warning('off', 'Octave:legacy-function');
crash_dumps_octave_core(0);
sigterm_dumps_octave_core(0);
work = char(work(:).');
setenv('TMPDIR', work);
cd(work);
paths = char(paths(:).');
if ~isempty(paths)
    paths = regexp(paths, '\n', 'split');
    addpath(paths{:});
end
value.version = uint8(version());
value.blas = uint8(version('-blas'));
value.lapack = uint8(version('-lapack'));
value.host = uint8(__octave_config_info__('canonical_host_type'));
value.norc = uint8(sprintf('%d', any(strcmp(argv(), '--norc'))));
value.pid = uint8(sprintf('%d', getpid()));
value.core = uint8(__octave_config_info__('fcnfiledir'));
end
