function condition = dlt_condition(line, condition)
% Called from an instrumented copy: keeps whether the condition on a line holds, and returns it.
    dlt_line(line, 'if', ~isempty(condition) && all(condition(:)));
end
