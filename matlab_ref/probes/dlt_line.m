function dlt_line(line, target, value)
% Called from an instrumented copy: keeps what the statement on a line has set.
    global dlt_lines dlt_values
    if ischar(value)
        value = double(value);
    end
    dlt_lines{end + 1} = sprintf('%d %s', line, target);
    dlt_values{end + 1} = value;
end
