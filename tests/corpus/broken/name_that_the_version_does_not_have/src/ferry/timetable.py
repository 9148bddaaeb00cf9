from tides import spring_tide
