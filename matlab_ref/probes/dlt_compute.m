function value = dlt_compute(code, varargin)
% Set the variable `in` from the leaves, as dlt_assign takes them, run code that sets `result`,
% and return the leaves of that, as dlt_fields does.
evalin('base', 'clear(''result'');');
dlt_assign(uint8('in'), true, varargin{:});
dlt_eval(code);
value = dlt_fields(uint8('result'), []);
end
