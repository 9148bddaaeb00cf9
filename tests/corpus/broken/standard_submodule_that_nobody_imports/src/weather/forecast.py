import xml

PARSE = xml.dom.minidom.parseString
