package network

// Point is a point on the globe, WGS 84: degrees north and degrees east.
type Point struct{ Latitude, Longitude float64 }
