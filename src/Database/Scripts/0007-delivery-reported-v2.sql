-- The second version of delivery-reported, which names what it means by energy. Rows of the first stay as they are.
INSERT INTO movc.event_types (type, name) VALUES
    (13, 'movc.vehicle.delivery-reported.v2');

INSERT INTO movc.event_fields (type, field, name, kind) VALUES
    (13, 1, 'power_w', 'sint'),
    (13, 2, 'delivered_wh', 'sint'),
    (13, 3, 'delivered_from_ms', 'int');
