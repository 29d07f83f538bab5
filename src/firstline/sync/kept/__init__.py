"""What supervisors decide about commands that are kept: grouped by cause and phone, admitted or set aside."""
